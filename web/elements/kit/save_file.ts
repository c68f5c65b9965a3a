/** Offers a file for download. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Firefox and Safari read the URL after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
