/** Whether somebody is about to click in a list: then nothing in it may move. */

/** A pointer that rests longer than this is not about to click, and must not hide what is new for ever. */
const REST = 4000;

export class Pointer {
  aiming = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  moved(target: EventTarget | null): void {
    clearTimeout(this.#timer);
    this.aiming = target instanceof Element && target.closest('main .card') !== null;
    if (this.aiming) this.#timer = setTimeout(() => this.left(), REST);
  }

  left(): void {
    clearTimeout(this.#timer);
    this.aiming = false;
  }
}
