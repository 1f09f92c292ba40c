import { Injectable } from '@nestjs/common';

/** Whether the service is stopping. Readiness and the connections follow it. */
@Injectable()
export class Lifecycle {
  private stopping = false;

  /** Whether the service has been told to stop: it still answers, but wants no more requests. */
  get isStopping(): boolean {
    return this.stopping;
  }

  stop(): void {
    this.stopping = true;
  }
}
