/** What a window does not open with; see later.svelte.ts. */
import About from './about/About.svelte';
import Appearance from './appearance/Appearance.svelte';
import ProviderApps from './apps/ProviderApps.svelte';
import Diagnosis from './diagnosis/Diagnosis.svelte';
import Expiries from './expiries/Expiries.svelte';
import History from './history/History.svelte';
import Notices from './notices/Notices.svelte';
import Welcome from './welcome/Welcome.svelte';

export { default as Dialogs } from './Dialogs.svelte';
export { default as AccountDetails } from './details/AccountDetails.svelte';
export { default as BulkDisconnect } from './disconnect/BulkDisconnect.svelte';

/** The pages but for the first. */
export const pages = {
  about: About,
  appearance: Appearance,
  apps: ProviderApps,
  diagnosis: Diagnosis,
  expiries: Expiries,
  history: History,
  notices: Notices,
  welcome: Welcome,
};
