/** The time of a step: counts down, pauses, goes on. Pure but for the clock it is given. */
export class Countdown {
  private left: number;
  private since: number | null = null;

  /** @param seconds how long; @param now a clock in milliseconds. */
  constructor(
    readonly seconds: number,
    private readonly now: () => number = () => performance.now(),
    spent = 0,
  ) {
    this.left = Math.max(0, seconds * 1000 - spent);
  }

  start(): void {
    this.since ??= this.now();
  }

  pause(): void {
    this.left = this.milliseconds;
    this.since = null;
  }

  get isRunning(): boolean {
    return this.since !== null && !this.isOver;
  }

  get isOver(): boolean {
    return this.milliseconds <= 0;
  }

  get milliseconds(): number {
    return Math.max(0, this.left - (this.since === null ? 0 : this.now() - this.since));
  }

  /** Whole seconds left, as a person counts: 30 at the start, 0 at the end. */
  get shown(): number {
    return Math.ceil(this.milliseconds / 1000);
  }

  /** How much is left, from 1 down to 0. */
  get share(): number {
    return this.milliseconds / (this.seconds * 1000);
  }
}
