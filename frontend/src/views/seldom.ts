/** Pages that a window does not open on, in a file of their own that is read when one of them is asked for. */
export { default as About } from './about/About.svelte';
export { default as Diagnosis } from './diagnosis/Diagnosis.svelte';
export { default as History } from './history/History.svelte';
export { default as Welcome } from './welcome/Welcome.svelte';
