/**
 * Copies the text of an element. Resolves to whether that was allowed: a frame from another origin needs `allow="clipboard-write"`.
 * Where it is not, the text is selected, and a key copies it.
 */
export async function copyText(shown: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(shown.textContent ?? '');
    return true;
  } catch {
    (shown as HTMLElement).focus();
    getSelection()?.selectAllChildren(shown);
    // Out of date, but asks no permission of the page around.
    return document.execCommand('copy');
  }
}
