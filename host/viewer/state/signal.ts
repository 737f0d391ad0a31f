/** A value that tells its listeners when it changes. */
export class Signal<T> {
  private current: T;
  private readonly listeners: ((value: T) => void)[] = [];

  constructor(value: T) {
    this.current = value;
  }

  get value(): T {
    return this.current;
  }

  set(value: T): void {
    if (Object.is(value, this.current)) return;
    this.current = value;
    for (const listener of this.listeners) listener(value);
  }

  /** Call `listener` on every change, not now. */
  on(listener: (value: T) => void): void {
    this.listeners.push(listener);
  }
}
