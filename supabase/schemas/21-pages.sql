-- Written by `npm run docs` from app/routes: the pages that refuse somebody, without their variable parts.
create function private.is_page(p_page text) returns boolean language sql immutable
return p_page in (
  'acting',
  'admin',
  'admin/accounts',
  'admin/alerts',
  'admin/approvals',
  'admin/audit',
  'admin/cases',
  'admin/disputes',
  'admin/erp',
  'admin/exports',
  'admin/incidents',
  'admin/orders',
  'admin/reconcile',
  'admin/reviews',
  'admin/settings',
  'admin/tasks',
  'bukan-saya',
  'cart',
  'checkout',
  'clients',
  'dashboard',
  'orders',
  'products',
  'shadow'
);
