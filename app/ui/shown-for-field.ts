/** The hidden field in which every form says whom it was shown to. */
export const shownForField = "shown_for";
