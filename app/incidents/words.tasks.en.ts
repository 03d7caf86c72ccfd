import type * as source from "./words.tasks.id.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** What the staff have to do. */
export const tasks: typeof source.tasks = {
  title: "Tasks",
  lead: "What people of the office have to do, the most urgent on top.",
  state: "State",
  open: "Open",
  done: "Done",
  kind: "Kind of task",
  allKinds: "Any kind",
  notes: {
    ANSWERED: "Contacted",
    ERASED: "Data erased",
    LEAD_CLOSED: "The lead was closed",
    NOTIFIED: "Both letters sent",
    RELEASED: "Hold released",
    RESTRICTED: "Restricted at the person's request",
    SIGNED: "Signed",
    WRITTEN: "Checkpoint written",
    WHATSAPP_OPENED: "WhatsApp opened",
    EMAIL_ACCEPTED: "The provider took the e-mail",
    SMS_ACCEPTED: "The provider took the SMS",
    APPROVED: "Approved",
    ORDER_ENDED: "the order ended, its document is stopped in the ERP",
    PASSED: "the drill passed",
  },
  kinds: {
    PHONE_OWNER: "Phone the store's owner",
    RESOLVE_DISPUTE: "Decide a “Not me”",
    REVIEW_SALESMAN: "Look into a salesman",
    STOP_ORDER_IN_ERP: "Stop an order in the ERP",
    CORRECT_IN_ERP: "Correct a document in the ERP",
    SIGN_REVIEW: "Sign the monthly review",
    ERP_CHECKPOINT: "Write the weekly ERP checkpoint",
    TELL_STORE: "Tell the store",
    POST_MORTEM: "Write the post-mortem",
    POST_MORTEM_ACTION: "Do an action of a post-mortem",
    ANSWER_LEAD: "Contact a lead",
    OPEN_ACCOUNT: "Open a new partner's account",
    ERASE_LEADS: "Erase data on request",
    PLAYBOOK_DRILL: "Practise a playbook",
    ANSWER_PRIVACY: "Answer a request about data",
    NOTIFY_BREACH: "Send the letters about a leak",
  },
  what: {
    PHONE_OWNER:
      "The message about a salesman's order did not reach the store's owner. Phone the owner, name the order and " +
      "its total, and ask whether it is in order.",
    RESOLVE_DISPUTE:
      "The store's owner says that this order is not theirs, and it is held. Contact the owner, hear the " +
      "salesman, then decide on the report's page. If it was shipped, talk about returning it.",
    REVIEW_SALESMAN: "This salesman's abuse score reached the limit. Read the case, then record your decision here.",
    STOP_ORDER_IN_ERP:
      "This document is in the ERP but must not be shipped: its order is held or has ended, or is there twice. " +
      "Stop the document in the ERP, then record it here.",
    CORRECT_IN_ERP:
      "The ERP still has this order otherwise than the office decided. Change its document in the ERP as this " +
      "task says, then record it here.",
    SIGN_REVIEW: "An auditor signs each line of this month's review with a decision and a note.",
    ERP_CHECKPOINT:
      "That week's talk with the IT team about API access has no notes yet. Talk with them, then write the " +
      "checkpoint.",
    TELL_STORE:
      "This order was placed while the ERP was disconnected, and its store was asked to wait for a confirmation " +
      "by WhatsApp. Open WhatsApp with the message that is ready and send it, or tell the store otherwise and " +
      "record it here.",
    POST_MORTEM:
      "This incident was SEV-1 once. Write its post-mortem and have another admin approve it, within 14 days of its " +
      "end.",
    POST_MORTEM_ACTION:
      "The day of an action from a post-mortem is over. Do it, or see that it is done, then record it on the " +
      "post-mortem's page.",
    ANSWER_LEAD: "This lead was not contacted within 24 hours. Contact them by WhatsApp, then note it here.",
    OPEN_ACCOUNT:
      "This lead was handed over. Open the account with the answers below, send the link for a password, then note " +
      "the store's code here.",
    ERASE_LEADS: "Somebody asks for their data to be erased: within 72 hours of asking.",
    PLAYBOOK_DRILL:
      "This playbook has not been practised with success for more than 90 days. Go through its steps together as a " +
      "drill, then write down the result.",
    ANSWER_PRIVACY: "Somebody asks about their data: within 72 hours of asking.",
    NOTIFY_BREACH: "Personal data leaked: both letters go out within 72 hours of knowing.",
  },
  go: {
    PHONE_OWNER: "Open the alert",
    RESOLVE_DISPUTE: "Open the report",
    REVIEW_SALESMAN: "Open the case",
    STOP_ORDER_IN_ERP: "Open the order",
    CORRECT_IN_ERP: "Open the order",
    SIGN_REVIEW: "Open the review",
    ERP_CHECKPOINT: "Write the checkpoint",
    TELL_STORE: "Open the order",
    POST_MORTEM: "Write the post-mortem",
    POST_MORTEM_ACTION: "Open the post-mortem",
    ANSWER_LEAD: "Open the lead",
    OPEN_ACCOUNT: "Open the lead",
    ERASE_LEADS: "Open the request",
    PLAYBOOK_DRILL: "Open the playbook",
    ANSWER_PRIVACY: "Open the request",
    NOTIFY_BREACH: "Open the checklist",
  },
  task: "Task",
  about: "About",
  incident: "Incident",
  due: "Due",
  late: "Overdue",
  openedAt: "Opened",
  doneBy: "Done",
  close: "Finish the task",
  closeHint: "What you did and what came of it. At least 5 letters, recorded in the audit trail.",
  note: "Note",
  choose: "Choose a decision",
  decision: "Decision",
  decisions: { NO_ABUSE: "No abuse", WATCH: "Watch", ABUSE: "Abuse" },
  elsewhere: "This task is finished by itself as soon as its work is done on its own page.",
  adminOnly: "Only an admin finishes tasks.",
  closed: "The task is done.",
  alreadyDone: "This task was done before. What is on record is below.",
  order: "Order",
  store: "Store",
  salesman: "Salesman",
  month: "Month",
  document: "ERP document",
  correction: {
    title: "To change in the ERP",
    pieces: (name, from, to) =>
      to === 0
        ? say`${name}: remove the line (now ${from} ${from === 1 ? "piece" : "pieces"})`
        : say`${name}: quantity from ${from} to ${to}`,
    price: (name, from, to) => `${name}: price a piece from ${from} to ${to}`,
    total: (from, to) => `Total: from ${from} to ${to}`,
    credit: (words) =>
      words
        ? `Open the credit for this document. Why the ERP refuses it: “${words}”.`
        : "Open the credit for this document: the ERP refuses it.",
  },
  score: "Abuse score",
  scoreOf: (score) => `${counted(score, "point")} from the signs that were found; its limits are on the case page`,
  emptyTitle: "No tasks",
  emptyText: "Everything is done.",
  emptyDone: "No task has been done yet.",
  back: "Back to the tasks",
};
