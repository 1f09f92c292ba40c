import { sql } from 'kysely';
import { PreparedQuery } from '../database/prepared-query.js';

interface Increments {
  keys: string[];
  sizes: number[];
  /** How long the window of each lasts, in milliseconds. */
  windows: number[];
}

/** A counter as it is now. */
export interface Total {
  key: string;
  requests: number;
  left_ms: number;
}

/**
 * Increments many counters at once. Uses the database's clock, which is immune to clock skew between instances; the
 * rows are ordered to avoid deadlocks.
 */
export const incrementCounts = new PreparedQuery<Increments, Total>(
  (db, { keys, sizes, windows }) => ({
    compile: () =>
      sql<Total>`
      with clock as (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now)
      insert into rate_limits as existing (key, requests, window_ends_at)
      select added.key, added.requests, clock.now + added.window_ms
      from clock, unnest(${keys}::text[], ${sizes}::integer[], ${windows}::bigint[])
        as added (key, requests, window_ms)
      order by added.key
      on conflict (key) do update set
        requests = excluded.requests
          + case when existing.window_ends_at > (select now from clock) then existing.requests else 0 end,
        window_ends_at = case
          when existing.window_ends_at > (select now from clock) then existing.window_ends_at
          else excluded.window_ends_at
        end
      returning key, requests, window_ends_at - (select now from clock) as left_ms
    `.compile(db),
  }),
);
