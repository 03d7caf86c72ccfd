/** The list of orders as a file. */
export const saved = {
  title: "Download this list",
  lead: (orders: string, most: string) =>
    `${orders} ${orders === "1" ? "order" : "orders"} as filtered and sorted on this page; a file holds ${most} at ` +
    "most.",
  xlsx: "For Excel (XLSX)",
  csv: "For other programs (CSV)",
  recorded: "Every download is recorded in the audit trail.",
  placedAt: "Time (WIB)",
  storeCode: "Store code",
  credit: "Credit",
  cut: (most: string) => `Cut: there are more orders after these ${most}. Narrow the filters.`,
};
