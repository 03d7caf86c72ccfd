// A job is a wake-up: the row in our own tables is the record, and a sweep finds what a lost one left behind.
// So jobs are short, retried a little, and never pile up, and the worker does not read what is in them: the id
// of an order that SQL puts there is for whoever looks at the queue. pg-boss notifies nobody when it makes one: a
// NOTIFY fails the transaction that it is part of while the queue of notifications is full. We wake it ourselves, see
// below.
const wakeUp = { retryLimit: 2, retryDelay: 1, expireInSeconds: 30, deleteAfterSeconds: 24 * 60 * 60, notify: false };

/** Every queue, and how pg-boss keeps its jobs. What the worker does about each: jobs/loops.ts. */
export const queues = {
  /** A salesman ordered in a store's name: its owner must be told. Sent by the checkout command. */
  "order.shadow-placed.alert": wakeUp,
  /** The same order is to be looked at: where it came from, and by the rules of abuse. Sent with its trace. */
  "order.shadow-placed.inspect": wakeUp,
  /** Somebody is to be told something by e-mail. Sent by whatever happened, in its transaction. */
  "mail.written.send": wakeUp,
  /** An order is waiting for the ERP. Sent by the checkout command. */
  "order.placed.sync": wakeUp,
  /** Time to see whether stock or credit figures are older than they should be. */
  "feed.grown-stale.pull": wakeUp,
  /** Time to clear away what nobody needs any more. */
  "leftover.piled-up.sweep": { ...wakeUp, expireInSeconds: 300 },
  /** Five minutes have passed: signs of abuse that no single order shows. */
  "abuse.time-passed.sweep": wakeUp,
  /** A month is over: time to review who acted for stores in it. */
  "review.month-ended.make": wakeUp,
  /** Sunday evening or Monday morning: stock to compare, a checkpoint to ask for. */
  "erp.week-ended.check": wakeUp,
} satisfies Record<string, typeof wakeUp>;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];

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
