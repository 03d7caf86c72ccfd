import type { Books } from "./book.ts";

/** The handbook's own words unchanged, and those of the incident playbook in English. */
export const books: Books = {
  "erp-heartattack": {
    title: "ERP Heartattack (connection to the ERP lost)",
    sign: "API Sync Stok/Limit error: stock or credit limits are not coming in.",
    parts: {
      immediate: "Immediate Action",
      communication: "User Communication",
      recovery: "Recovery",
      after: "Afterwards",
    },
    steps: {
      degraded: {
        text: "The system goes into Degraded Mode by itself.",
        hint: "Check below. If it has not, and the ERP clearly does not answer, force it.",
      },
      bypass: {
        text: "Toggle CREDIT_CHECK_BYPASS = TRUE in the Admin Panel (default status: AMBER/Approval).",
        hint: "While it is on, every order waits for an approval. It goes off by itself at the hour you choose.",
      },
      snapshot: {
        text: "Stock is shown from the Last Known Good Snapshot (the last Redis cache).",
        hint: "The snapshot is in our own database and always whole. Check its age.",
      },
      banner: {
        text:
          "Show the banner on the Partner Dashboard: “Sistem sedang maintenance. Order Anda akan diproses manual " +
          "oleh Admin. Mohon tunggu konfirmasi WA.”",
        hint: "It shows by itself in Degraded Mode. Longer news goes to the status page.",
      },
      bridge: {
        text: "Restart the Bridge Service / VPN Tunnel to the ERP.",
        hint: "Done by the IT team. Test the connection from here afterwards.",
      },
      reconcile: {
        text: "Once the connection is back, run Reconcile_Orders to sync the orders that came in meanwhile.",
        hint: "It runs by itself when the connection is back, and can be run from the reconciliation page.",
      },
      "bypass-off": { text: "Turn CREDIT_CHECK_BYPASS off, and Degraded Mode where it was forced." },
    },
    notes: [
      "Risk Level: HIGH (Critical Path)",
      "Buffer absorbed: 2 of 5 man-days for gap fixes",
      "Weeks 3-7 need intensive watching of the integration's progress",
      "Weekly checkpoint with the client's IT team to make sure of API access",
    ],
  },
  "agent-abuse": {
    title: "Agent Abuse (misuse of an account)",
    sign: "A drastic anomaly of orders by one salesman in the name of many different stores.",
    parts: { immediate: "Immediate Action", forensic: "Audit Forensic", legal: "Legal/HR" },
    steps: {
      "force-logout": { text: "Revoke the salesman's access token with Force Logout in the Admin Panel." },
      suspend: {
        text: "Freeze the salesman's account for now (status SUSPENDED).",
        hint: "This also holds his orders of the last 24 hours that have not been shipped.",
      },
      trail: {
        text: "Pull the [AUDIT_IMPERSONATION] log.",
        hint: "The salesman's whole history is in his case; auditors read it in the audit trail too.",
      },
      places: {
        text:
          "Compare the geo-location of the salesman's IP with the store's place when the order was made " +
          "(is it plausible?).",
        hint: "Places from IP addresses are weak evidence: they support a case and never decide it.",
      },
      evidence: {
        text: "Hand the evidence over to HR for disciplinary action.",
        hint: "An auditor makes the evidence file (ZIP) from the case and hands it to HR.",
      },
    },
    notes: [],
  },
  "whatsapp-link": {
    title: "WhatsApp Deep Link Issue (the link does not work)",
    sign: "The link “Kirim via WA” does not open WhatsApp, or the message is garbled.",
    parts: { fallback: "Fallback Action" },
    steps: {
      copy: {
        text: "Use “Copy to Clipboard”.",
        hint: "Always there on the order's page, below the WhatsApp button. The order's text is below as well.",
      },
      paste: { text: "The user copies the order text and pastes it into the sub-distributor's personal WhatsApp." },
    },
    notes: [
      "The system uses the WhatsApp deep link (wa.me/62xxx?text=...), not the WhatsApp Business API. " +
        "It depends on no third-party BSP.",
    ],
  },
  "kiamat-digital": {
    title: "Kiamat Digital (everything is down)",
    sign: "If “Kiamat Digital” happens (data centre burnt down / total cyber attack).",
    parts: { manual: "Manual Fallback", after: "After that" },
    steps: {
      pack: {
        text: "The sales team must have the offline PDF catalogue and the Excel price list on their tablets.",
        hint: "Ask each salesman whether both are on his tablet.",
      },
      paper: {
        text:
          "If the system is down for more than 4 hours, go back to the old way: " +
          "paper note -> photo -> head office.",
        hint: "For an incident of total outage the fourth hour is counted by itself, and whoever is on duty is told.",
      },
      "tell-salesmen": { text: "Send the text below to all salesmen.", hint: "By WhatsApp or by telephone." },
      photos: {
        text: "Receive photos of notes on the head office's WhatsApp, and keep them all until they are typed in.",
      },
      restore: {
        text: "Bring the system back: run the playbook of the database restore.",
        hint: "When it is back, tell salesmen that paper notes are over.",
      },
    },
    notes: [
      "RPO (Recovery Point Objective): at most 1 hour of data lost (hourly snapshot of the database).",
      "RTO (Recovery Time Objective): the system is UP again within 4 hours.",
    ],
  },
  "database-restore": {
    title: "Database Restore",
    sign: "The database is lost, broken, or its content cannot be trusted.",
    parts: { procedure: "Procedure", after: "Afterwards" },
    steps: {
      dashboard: { text: "Login to Supabase Dashboard." },
      backups: { text: "Go to Database > Backups." },
      snapshot: { text: "Select latest valid snapshot." },
      restore: { text: "Click Restore." },
      "look-after": {
        text: "Look afterwards: the last orders, the queue to the ERP, and e-mails that may have gone out.",
        hint: "What was sent after the snapshot may be sent again: compare before the worker is started.",
      },
    },
    notes: [
      "RPO (Point of Loss): < 24 Hours (Daily Backup) or < 1 min (PITR - Enterprise).",
      "RTO (Time to Recovery): < 60 Minutes.",
      "These steps are done outside the application. Write down here what has been done.",
    ],
  },
  "key-rotation": {
    title: "Key Rotation",
    sign: "Suspected leak or Staff Offboarding.",
    parts: { procedure: "Procedure", after: "Afterwards" },
    steps: {
      regenerate: { text: "Regenerate SUPABASE_SERVICE_ROLE_KEY in Supabase." },
      environment: { text: "Update Vercel Environment Variables." },
      redeploy: { text: "Redeploy latest commit to propagate new keys." },
      "look-after": { text: "Make sure that every service runs, and that the old key is not taken any more." },
    },
    notes: ["These steps are done outside the application. Write down here what has been done."],
  },
  maintenance: {
    title: "Maintenance Mode",
    sign: "The database is down, or great work must not be disturbed.",
    parts: { contain: "Contain", after: "Afterwards" },
    steps: {
      enable: {
        text: "If DB down -> Enable “Maintenance Mode” (Env Var).",
        hint: "MAINTENANCE_MODE=FULL for the web process, then restart it. With a database, on the status page.",
      },
      tell: { text: "Tell stores on the status page." },
      end: {
        text: "End the maintenance when it is done.",
        hint: "Where it came from the Env Var: take MAINTENANCE_MODE away and restart.",
      },
    },
    notes: [],
  },
  rollback: {
    title: "Rollback",
    sign: "A bad deploy.",
    parts: { contain: "Contain", after: "Afterwards", review: "Review" },
    steps: {
      instant: { text: "If Bad Deploy -> Vercel “Instant Rollback”." },
      "look-after": { text: "Look at speed and errors of each service afterwards." },
      "post-mortem": { text: "Post-Mortem (RCA) required for Sev1." },
    },
    notes: ["These steps are done outside the application. Write down here what has been done."],
  },
  "data-deletion": {
    title: "Data Deletion (Privacy)",
    sign: "Somebody asks for his data to be deleted, or old logs are still there.",
    parts: { routine: "Routine", request: "User Request", after: "Afterwards" },
    steps: {
      routine: {
        text: "Logs deleted after 90 days.",
        hint: "Look at the operational log: its oldest line must not be older than 90 days.",
      },
      request: {
        text: "Execute DELETE FROM leads WHERE email = $1.",
        hint: "On the page of erasure requests, which records who and when. The limit is 72 hours.",
      },
      receipt: { text: "Tell the person that the data is gone, with the receipt." },
    },
    notes: [],
  },
};
