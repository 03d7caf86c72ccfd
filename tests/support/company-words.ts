/**
 * What the company's incident playbook says, word for word, by the place where it stands here. Rules for words of ours
 * do not go for them.
 */
export const companyWords: Record<string, string> = {
  "erp-heartattack.sign": "API Sync Stok/Limit error.",
  "erp-heartattack.parts.immediate": "Immediate Action",
  "erp-heartattack.steps.degraded.text": "System otomatis masuk ke Degraded Mode.",
  "erp-heartattack.steps.bypass.text":
    "Toggle CREDIT_CHECK_BYPASS = TRUE di Admin Panel (Default status: AMBER/Approval).",
  "erp-heartattack.steps.snapshot.text":
    "Stok ditampilkan berdasarkan Last Known Good Snapshot (Cache Redis terakhir).",
  "erp-heartattack.parts.communication": "User Communication",
  "erp-heartattack.steps.banner.text":
    "Tampilkan banner di Dashboard Partner: «Sistem sedang maintenance. Order Anda akan diproses manual oleh Admin. " +
    "Mohon tunggu konfirmasi WA.»",
  "erp-heartattack.parts.recovery": "Recovery",
  "erp-heartattack.steps.bridge.text": "Restart Bridge Service / VPN Tunnel ke ERP.",
  "erp-heartattack.steps.reconcile.text":
    "Setelah koneksi pulih, jalankan script Reconcile_Orders untuk sinkronisasi order yang masuk selama downtime.",
  "erp-heartattack.notes.0": "Risk Level: HIGH (Critical Path)",
  "erp-heartattack.notes.1": "Buffer Absorbed: 2 MD dari total 5 MD untuk gap fixes",
  "erp-heartattack.notes.2": "Week 3-7 memerlukan monitoring intensif untuk progress integrasi",
  "erp-heartattack.notes.3": "Weekly checkpoint dengan tim IT klien untuk memastikan API access",
  "agent-abuse.sign": "Anomali order drastis dari satu Salesman atas nama banyak toko berbeda.",
  "agent-abuse.steps.force-logout.text": "Revoke akses token Salesman tersebut via fitur Force Logout di Admin.",
  "agent-abuse.steps.suspend.text": "Freeze sementara akun Salesman (status SUSPENDED).",
  "agent-abuse.parts.forensic": "Audit Forensic",
  "agent-abuse.steps.trail.text": "Tarik log [AUDIT_IMPERSONATION].",
  "agent-abuse.steps.places.text":
    "Cocokkan Geo-Location IP Salesman dengan Lokasi Toko saat order dibuat (Apakah masuk akal?).",
  "agent-abuse.steps.evidence.text": "Serahkan bukti log ke HR untuk sanksi indisipliner.",
  "whatsapp-link.title": "WhatsApp Deep Link Issue (link tidak berfungsi)",
  "whatsapp-link.sign": "Link «Kirim via WA» tidak membuka aplikasi WhatsApp atau format pesan rusak.",
  "whatsapp-link.parts.fallback": "Fallback Action",
  "whatsapp-link.steps.copy.text": "Aktifkan fitur «Copy to Clipboard».",
  "whatsapp-link.steps.paste.text":
    "User meng-copy rincian order teks, lalu paste manual ke WA personal Sub-Distributor.",
  "whatsapp-link.notes.0":
    "Sistem menggunakan WA Deep Link (wa.me/62xxx?text=...), bukan WhatsApp Business API. Tidak ada dependency ke " +
    "vendor BSP pihak ketiga.",
  "kiamat-digital.sign": "Jika «Kiamat Digital» terjadi (Data Center Terbakar / Cyber Attack Total).",
  "kiamat-digital.steps.pack.text":
    "Tim Sales wajib memiliki Katalog PDF Offline & Daftar Harga Excel di Tablet mereka.",
  "kiamat-digital.steps.paper.text":
    "Jika sistem mati total > 4 jam, kembali ke cara lama: Tulis Nota Manual -> Foto -> Kirim ke Admin Pusat.",
  "kiamat-digital.notes.0":
    "RPO (Recovery Point Objective): Maksimum kehilangan data = 1 Jam (Snapshot Database per jam).",
  "kiamat-digital.notes.1": "RTO (Recovery Time Objective): Waktu untuk sistem UP kembali = 4 Jam.",
  // Of the handbook, which is in English: what is written on Supabase's own pages.
  "database-restore.steps.dashboard.text": "Masuk ke Supabase Dashboard.",
  "database-restore.steps.backups.text": "Buka Database > Backups.",
};

/** The same of the operations handbook, in English. */
export const handbookWords: Record<string, string> = {
  "database-restore.steps.dashboard.text": "Login to Supabase Dashboard.",
  "database-restore.steps.backups.text": "Go to Database > Backups.",
  "database-restore.steps.snapshot.text": "Select latest valid snapshot.",
  "database-restore.steps.restore.text": "Click Restore.",
  "key-rotation.sign": "Suspected leak or Staff Offboarding.",
  "key-rotation.steps.regenerate.text": "Regenerate SUPABASE_SERVICE_ROLE_KEY in Supabase.",
  "key-rotation.steps.environment.text": "Update Vercel Environment Variables.",
  "key-rotation.steps.redeploy.text": "Redeploy latest commit to propagate new keys.",
  "maintenance.steps.enable.text": "If DB down -> Enable “Maintenance Mode” (Env Var).",
  "rollback.steps.instant.text": "If Bad Deploy -> Vercel “Instant Rollback”.",
  "rollback.steps.post-mortem.text": "Post-Mortem (RCA) required for Sev1.",
  "data-deletion.steps.routine.text": "Logs deleted after 90 days.",
  "data-deletion.steps.request.text": "Execute DELETE FROM leads WHERE email = $1.",
};
