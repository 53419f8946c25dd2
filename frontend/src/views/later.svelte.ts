/**
 * What a window does not open with is in a file of its own, and read once the first page is painted: reading it before
 * would hold that page back. What is asked for sooner is shown as soon as it is here.
 */
class Later {
  parts = $state.raw<typeof import('./parts') | undefined>();

  /** Reads the parts, once. */
  async load(): Promise<void> {
    this.parts ??= await import('./parts');
  }
}

export const later = new Later();
