import type { settings as source } from "./words.id.ts";

/** Switches and figures that admins set. */
export const settings: typeof source = {
  title: "Settings",
  lead: "Changes take effect within a minute and are recorded in the audit trail.",
  names: {
    CREDIT_CHECK_BYPASS: "Skip the credit check",
    "erp.force_degraded": "Force manual mode",
    "erp.sync_per_second": "Orders to the ERP per second",
    "loyalty.multiplier.silver": "Points multiplier, Silver",
    "loyalty.multiplier.gold": "Points multiplier, Gold",
    "loyalty.multiplier.platinum": "Points multiplier, Platinum",
    "loyalty.point_rate": "Rupiah per point",
    "loyalty.rounding": "Rounding of points",
    "order.minimum_threshold": "Smallest order that earns points (rupiah)",
    "lead.retention_months": "Leads are kept (months)",
    "stock.sync_interval_minutes": "Time between ERP pulls (minutes)",
    "stock.buffer.default": "Usual safety stock (pieces)",
    "abuse.stores_per_hour": "Detection: stores within 60 minutes",
    "abuse.stores_own_factor": "Detection: times his habit of stores within 60 minutes",
    "abuse.orders_robust_z": "Detection: score for the pace of orders",
    "abuse.order_value_factor": "Detection: times the store's median order",
    "abuse.order_value_floor": "Detection: smallest order looked at (rupiah)",
    "abuse.same_basket_stores": "Detection: stores with one basket within 24 hours",
    "abuse.promotion_salesmen": "Detection: other salesmen that make it a promotion",
    "abuse.drift_percent": "Detection: slow growth almost certainly above (%)",
    "abuse.drift_score": "Detection: standard errors for “almost certainly”",
    "abuse.review_score": "Detection: score for a review",
    "abuse.suspend_score": "Detection: score for a suspension",
  },
  explain: {
    CREDIT_CHECK_BYPASS: "While it is on, credit limits are not compared and every order waits for approval.",
    "erp.force_degraded":
      "While it is on, the ERP counts as cut off: customers see the maintenance notice and an admin checks orders " +
      "by hand.",
  },
  on: "On",
  off: "Off",
  onUntil: "On until",
  turnOn: "Turn on",
  turnOff: "Turn off",
  reason: "Reason",
  reasonHint: "At least 5 letters. Recorded in the audit trail.",
  hours: "For how many hours",
  hoursHint: "1 to 24. It then turns itself off.",
  value: "Value",
  choices: { half_up: "Half up (417.5 becomes 418)", down: "Down (417.9 becomes 417)" },
  range: (minimum, maximum, step) =>
    `From ${minimum} to ${maximum}, ${step === null ? "whole numbers" : `in steps of ${step}`}.`,
  setAt: "Last changed",
  initial: "Initial value",
  numbers: "Numbers",
  setting: "Setting",
  act: "Action",
  changed: (name, value) => `${name}: ${value}.`,
  changedMeanwhile: (by, value) =>
    `${by} has set it to ${value} since this page was opened. Nothing was saved: save again if you still want yours.`,
  back: "Back to the settings",
  readOnly: "An auditor account cannot change settings.",
  trail: {
    SETTING_CHANGED: "Setting changed",
  },
  codes: {
    NOT_A_NUMBER: "Write a number, for example 10.000 or 1,25.",
    OUT_OF_RANGE: "This value is outside what is allowed.",
    HOURS_OUT_OF_RANGE: "Out of range: give 1 to 24 hours.",
  },
};
