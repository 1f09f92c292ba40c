/** A first-in, first-out mutex. */
export class Mutex {
  private isHeld = false;
  private readonly waiting: (() => void)[] = [];

  tryAcquire(): boolean {
    if (this.isHeld) return false;
    this.isHeld = true;
    return true;
  }

  async acquire(): Promise<void> {
    if (!this.tryAcquire()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Hands the mutex directly to the longest waiter, so nobody can take it in between. */
  release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.isHeld = false;
    else next();
  }
}
