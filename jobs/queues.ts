// A job is a knock on the door: the row in our own tables is the record, and a sweep finds what a lost knock left
// behind. The worker does not read what is in them: the id of an order that SQL puts there is for whoever looks at the
// queue. pg-boss notifies nobody when it makes one: a NOTIFY fails the transaction that it is part of while the queue
// of notifications is full. We wake it ourselves, see below. Which queues there are: jobs/loops.ts.

/**
 * Inside a transaction: the queues that it has put jobs into, separated by commas; null for none. What private.enqueue
 * left there.
 */
export const toWake = "current_setting('app.wake', true)";

/**
 * After the commit, in a transaction of its own: wakes whoever waits for these queues ($1, as `toWake` gives them), on
 * the channel that pg-boss listens to. It may fail, and nothing may hang on it: every queue is looked at again within
 * seconds.
 */
export const wakeText = `
    select pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), queue)
      from unnest(string_to_array($1, ',')) as queue`;
