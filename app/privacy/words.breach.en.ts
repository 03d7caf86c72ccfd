import type { breach as source } from "./words.breach.id.ts";

export const breach: typeof source = {
  title: "Personal data leaked",
  lead: "Two letters have to go out within 72 hours of knowing: to the authority, and to the people whose data it is.",
  list: "Incidents that touched personal data",
  none: "No incident has touched personal data.",
  open: "Personal data leaked",
  known: "Known since (WIB)",
  knownHint: "The 72 hours run from then. It cannot be changed later.",
  data: "Which data",
  dataHint: "Kinds of data and whose, without names.",
  happened: "When and how",
  measures: "What was and will be done",
  persons: "How many people, where known",
  mark: "Save and start the 72 hours",
  change: "Save",
  saved: "Saved. The letters say this.",
  due: "Letters go out before",
  checklist: "Checklist",
  steps: {
    STOPPED: "The leak is stopped",
    EXTENT: "It is known which data of whom",
    PROOF: "Logs and proof are secured",
    AUTHORITY: "The letter to the authority was sent",
    PERSONS: "The letters to the people were sent",
    PUBLIC: "It is decided whether to tell the public",
    LEARNED: "What was learned is in the incident's review",
  },
  step: "The step that is done",
  note: "Note",
  noteHint: "By whom, how, the letter's number.",
  doStep: "This step is done",
  stepDone: "The step is noted.",
  notYet: "not yet",
  letters: "Letters ready to print",
  letter: { authority: "To the authority", persons: "To the people" },
  back: "Back",
  unknown: "not known yet",
  number: "Number",
  date: "Date",
  pages: {
    authority: {
      to: "To the authority for the protection of personal data",
      subject: "Notice of a failure to protect personal data",
      opening:
        "Under Article 46 of Law Number 27 of 2022 on the Protection of Personal Data we give notice of a failure to " +
        "protect personal data in our ordering system.",
      closing: "Further information follows as soon as it is known.",
    },
    persons: {
      to: "To those whose data it is",
      subject: "Your personal data was touched by an incident",
      opening: "We write to you because personal data of yours that we hold was touched by an incident. We apologise.",
      closing:
        "Be wary of messages that claim to come from us. We never ask for passwords. You may ask for a copy, a " +
        "correction or the erasure of your data on our privacy page.",
    },
  },
  contact: "Contact us",
  sign: "PT. Alfa Beauty Cosmetica",
};
