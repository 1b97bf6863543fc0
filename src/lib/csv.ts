/**
 * A CSV file (RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8). A cell that a spreadsheet
 * would run as a formula is written as text.
 */
export function toCsv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return '\uFEFF' + [head, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cell(text: string): string {
  const inert = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
