/** One record of a CSV file, as RFC 4180 has it, ended by CRLF. What a spreadsheet would run as a formula stays text. */
export function csvRecord(fields: readonly string[]): string {
  return `${fields.map(csvField).join(",")}\r\n`;
}

function csvField(field: string): string {
  // OWASP, CSV injection: what begins like this is a formula to a spreadsheet, quoted or not.
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
