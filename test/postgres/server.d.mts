/** A throw-away PostgreSQL server. */
export interface PostgresServer {
  /** For DATABASE_URL or TEST_DATABASE_URL. */
  url: string;
  /** Starts it again, on the same data and port, once it has been stopped or killed. */
  start(): Promise<void>;
  /** Stops it in order: sessions are cut, what was committed is written. */
  stop(): Promise<void>;
  /** Kills every process of it. */
  kill(): Promise<void>;
  /** Stops every process where it is: connections stay open, and nothing is answered any more. */
  freeze(): void;
  /** Lets a frozen server go on. */
  thaw(): void;
  /** Ends it, and deletes its data. */
  remove(): Promise<void>;
}

/**
 * Starts a throw-away PostgreSQL server, which can be frozen, stopped, killed and started again on the same data and port.
 *
 * @param options.durable what it has committed survives its death, as in production
 * @param options.forgetful it says that it has committed what its death undoes
 * @param options.tls the certificate and key, PEM, with which it takes no connection without TLS
 */
export function startPostgres(options?: {
  durable?: boolean;
  forgetful?: boolean;
  tls?: { cert: string; key: string };
}): Promise<PostgresServer>;

/** Whether a server can be started here. */
export function hasPostgres(): boolean;
