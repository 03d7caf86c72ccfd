/** Deeper than any answer of the ERP is: a feed's row is in its third level. */
const mostLevels = 32;
const quote = 34,
  backslash = 92,
  openBrace = 123,
  closeBrace = 125,
  openBracket = 91,
  closeBracket = 93;

/**
 * Watches JSON text as it arrives, piece by piece: false once it nests deeper than any answer does. A megabyte of
 * brackets costs the parser a hundred megabytes; this costs the first of them.
 */
export function depthWatch(): (text: string) => boolean {
  let depth = 0;
  let inText = false;
  let escaped = false;
  return (text) => {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (inText) {
        if (escaped) escaped = false;
        else if (code === backslash) escaped = true;
        else if (code === quote) inText = false;
      } else if (code === quote) inText = true;
      else if (code === openBrace || code === openBracket) {
        depth += 1;
        if (depth > mostLevels) return false;
      } else if (code === closeBrace || code === closeBracket) depth -= 1;
    }
    return true;
  };
}
