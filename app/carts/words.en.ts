import type { carts as source } from "./words.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** The cart and the checkout. */
export const carts: typeof source = {
  title: "Cart",
  emptyTitle: "Your cart is still empty",
  emptyText: "Choose products from the catalogue; quantities and the total appear here.",
  emptyAction: "Open the catalogue",
  product: "Product",
  save: "Save quantities",
  notSaved: "Nothing was saved yet. Put this right, then save again.",
  removeLabel: (product) => `Remove ${product} from the cart`,
  updated: "Cart updated.",
  removed: (names) =>
    names.length === 1
      ? `${names[0]} was removed from the cart.`
      : say`${names.length} products were removed from the cart.`,
  withdrawnTitle: (count) => say`${count} ${count === 1 ? "product" : "products"} cannot be ordered`,
  withdrawnText: "Not counted in the total. Remove from the cart to go on, or wait until it is sold again.",
  withdrawn: { WITHDRAWN: "No longer sold", UNPRICED: "No price yet. Please contact us." },
  withdrawnQuantity: (count) => say`In the cart: ${count}`,
  removeAll: (count) => `Remove ${count === 1 ? "this product" : say`these ${count} products`}`,
  itemsAside: (count) => say`${count} cannot be ordered`,
  total: "Total",
  saving: (amount, tier) => `YOU SAVE: ${amount} (${tier} benefit)`,
  storeSaving: (amount, tier) => `The store saves ${amount} (${tier} benefit)`,
  marketTotal: "Market price",
  partnerTotal: "Partner price",
  items: (count) => say`${count} ${count === 1 ? "product" : "products"}`,
  volumeApplied: "Volume price",
  toCheckout: "Go to checkout",
  checkout: {
    title: "Checkout",
    summary: "Order summary",
    credit: "Credit of the store",
    creditGreen: "This order is within the store's credit limit.",
    room: "Credit left",
    after: "Left after this order",
    creditAsOf: (when) => `Credit data as of ${when}`,
    creditUnknown: "The latest credit data is not available. An admin will check your order.",
    note: "Note for the admin",
    noteHint: "For example opening hours or a message for the driver.",
    preorder: "Send what is available, the rest as a pre-order",
    preorderHint: "Tick this if you are willing to wait for products that are short.",
    send: "Send order",
    ask: "Ask for approval",
    total: "Order total",
    backToCart: "Change the cart",
    removeAndGoOn: (count) => say`Remove ${count} ${count === 1 ? "product" : "products"} and go on`,
    over: "Over the credit limit",
    forStore: (store) => `This order is made in the name of ${store}. The owner is told by e-mail.`,
    tried: "The order was only tried: nothing was sent.",
    sent: (number) => `We have received order ${number}.`,
    late: {
      title: (number) => `This cart went out as order ${number}`,
      at: "Sent",
      nothingLeft: "The cart has been empty since, and nothing needs to be sent again.",
      refilled: "What is below is a new order: send it only if you mean to order again.",
      itsNote: "Note on that order",
      typedNote: "Your note now, not sent",
      noNote: "No note",
      open: "See that order",
      sendNote: "Send this note by WhatsApp",
      toHq: (number, note) => `Order ${number}: please add this note.\n${note}`,
      emptied: (number) => `Nothing was sent this time: what was in the cart went out as order ${number}.`,
      differs: {
        cart: (number) => `This form was used for order ${number} already, with other things in the cart.`,
        note: (number) =>
          `Order ${number} went out from this form with another note. We do not have the note you wrote now.`,
        preorder: (number) =>
          `Order ${number} went out from this form with another choice about pre-order. The choice made now does ` +
          "not change it.",
      },
    },
  },
  refused: {
    changed: (there) => say`It was changed to ${there} elsewhere. Save again if your quantity is the right one.`,
    goneMeanwhile: (product) =>
      `${product} was removed from the cart elsewhere. Save again if you still want it, or type 0.`,
    withdrawn: (product) => `${product} is no longer sold.`,
    tooMany: (there) => say`At most 9,999 of a product. There are ${there} in the cart already.`,
    unpriced: (product) => `${product} has no price yet. Please contact us.`,
  },
  stockShort: (left) =>
    left > 0
      ? say`Only ${left} left. Lower the quantity or tick pre-order.`
      : "Out of stock. Remove the product or tick pre-order.",
  stockShortInCart: (left) =>
    left > 0
      ? say`Only ${left} left. Lower the quantity, or tick pre-order at checkout.`
      : "Out of stock. Remove the product, or tick pre-order at checkout.",
  stockShortLine: (product, asked) => say`${product}: asked ${asked}.`,
  newTotal: (total) => `The new total: ${total}.`,
  trail: {
    CART_CHANGED: "Cart changed",
  },
  codes: {
    EMPTY_CART: "Your cart is empty. Choose products first, then send again.",
    NO_REGION: "Your region is not registered yet. Contact Admin to activate it.",
    WITHDRAWN: "There are products that can no longer be ordered. Nothing was sent.",
    STOCK_SHORT: "Some products are short. Your cart is kept.",
    KEY_REUSED: "This form was already used for another order. Check your cart and send it from a fresh page.",
    PRICE_CHANGED:
      "Prices or the cart have changed since this page was opened. Nothing was sent. Check the new total, then send " +
      "again.",
    UNKNOWN_SKU: "This product is not in the catalogue.",
    CART_FULL: "A cart holds at most 200 products. Send this order first, then go on.",
    QUANTITY: "The quantity must be a whole number from 1 to 9,999.",
    QUANTITY_OR_ZERO: "The quantity must be a whole number from 0 to 9,999. Use 0 to remove.",
    CHECKOUT_KEY: "The form is incomplete. Open the checkout page again.",
  },
};
