// Small choices kept from visit to visit, where the browser allows it: storage is denied in some frames and private windows.

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`ziffer-${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`ziffer-${name}`, value);
  } catch {
    // It holds for this visit, then.
  }
}
