import { createContext, useContext } from "react";

const Measured = createContext<string | null>(null);

/** The page's route pattern, when the phone is asked how fast it was; null when it is not. */
export const MeasuredProvider = Measured.Provider;
export const useMeasured = () => useContext(Measured);
