import type { company as source } from "./words.id.ts";

export const company: typeof source = {
  name: "PT. Alfa Beauty Cosmetica",
  links: {
    label: "About the company",
    about: "About us",
    partner: "Become a partner",
    contact: "Contact",
    privacy: "Privacy",
    terms: "Terms",
    shop: "Retail shop",
  },
  home: {
    description:
      "Distributor of supplies for salons and barbers in Indonesia: a full catalogue, partner prices, " +
      "orders by phone.",
    brands: "Brands we carry",
    forWhom: "For salons, barbers and bridal make-up artists",
    steps: [
      ["Fill in the form", "Tell us about your business. We contact you by WhatsApp."],
      ["Your account is opened", "Sign in and see your partner price of each product."],
      ["Order from your phone", "Between two customers, at any hour. The sub-distributor of your region delivers."],
    ],
    become: "Become a partner",
  },
  about: {
    title: "About us",
    description: "PT. Alfa Beauty Cosmetica distributes hair care and tools to salons and barbers.",
    sections: [
      [
        "What we do",
        "PT. Alfa Beauty Cosmetica distributes hair care products and salon tools of many brands to salons, " +
          "barbers and bridal make-up artists in Indonesia.",
        "Businesses buy from us, not private persons. Each partner has an account with prices and terms of its own.",
      ],
      [
        "How goods get to you",
        "Orders come in by this site or by our salesmen, and are delivered by the sub-distributor of your region.",
        "When a salesman orders in your name you are told at once, and can refuse it with one button.",
      ],
      [
        "Levels of partners",
        "New partners pay before goods are sent. Verified partners pay within 14 days, priority partners " +
          "within 30 days.",
      ],
    ],
  },
  contact: {
    title: "Contact",
    description: "Reach the head office of PT. Alfa Beauty Cosmetica.",
    lead: "WhatsApp is quickest. Tell us the name and the town of your business.",
    whatsapp: "WhatsApp the head office",
    call: "Telephone",
    address: "Address",
    partner: "Want to become a partner? Fill in the form, and we contact you.",
  },
  privacy: {
    title: "Privacy",
    description: "What we keep, what for, for how long, and how to have it erased.",
    sections: [
      [
        "The form «Become a partner»",
        "We keep what you write in the form to contact you about a partnership. Only people of the head " +
          "office read it. After 3 years at most it is erased by itself.",
      ],
      [
        "Your rights over your data",
        "You may ask for a copy, a correction, a restriction or erasure, or withdraw your consent: with the form " +
          "below, by WhatsApp or by e-mail. A person finds out first that it is you who asks, and answers within " +
          "72 hours. What you write in such a request is forgotten 90 days after it was answered.",
        "Answers in a form that were erased cannot be brought back. What is left is a number that tells nothing " +
          "about you, and you get a receipt where you gave an e-mail address.",
        "If your account was closed by the system itself, you may object with the same form.",
      ],
      [
        "Accounts of partners",
        "We keep the name of the business, its town, the owner's contacts, orders and invoices. Orders and " +
          "invoices are not deleted, since tax law obliges us to keep them.",
        "A cart that nobody touches for 30 days goes by itself.",
      ],
      [
        "Security records",
        "Who does what in this system is recorded with the internet address and the name of the browser, so " +
          "that misuse can be traced.",
      ],
      [
        "Cookies",
        "Only those that are needed: that you are signed in, your language, and a random number by which " +
          "your browser is known when you sign in. No advertising, no trackers, no scripts of others.",
      ],
      ["E-mail", "Our e-mails are delivered by a provider, who is given the recipient's address and the e-mail."],
    ],
  },
  terms: {
    title: "Terms",
    description: "Who may order, prices, payment, stock and salesmen.",
    sections: [
      [
        "Who may order",
        "Partners whose account was opened by the head office, or a salesman in the name of a partner of his. The " +
          "catalogue without prices is open to everybody.",
      ],
      [
        "Prices and payment",
        "The price that counts is that in the cart when you order. New partners pay before goods are sent; " +
          "verified partners pay within 14 days, priority partners within 30 days.",
        "An order above the credit limit is taken all the same and waits for the approval of the head office.",
      ],
      ["Stock", "The mark of the stock tells what we knew last. What is not there can be ordered as a pre-order."],
      [
        "Salesmen",
        "You are told each time a salesman orders in your name, and can say «not me». You can also limit it " +
          "or switch it off.",
      ],
    ],
  },
};
