import { Injectable } from '@nestjs/common';

/** Whether the service is shutting down. Readiness and the handling of connections depend on it. */
@Injectable()
export class Lifecycle {
  private stopping = false;

  get isStopping(): boolean {
    return this.stopping;
  }

  stop(): void {
    this.stopping = true;
  }
}
