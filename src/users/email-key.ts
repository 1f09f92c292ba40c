/**
 * The form in which addresses are compared. Only ASCII letters are folded: full Unicode folding would make look-alikes
 * equal (the Kelvin sign becomes `k`), and an address that merely looks the same is another mailbox.
 */
export function emailKey(address: string): string {
  return address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether a provider stands for an address, so that it may be unique among users and be matched. */
export function isVerified(trust: string | null): boolean {
  return trust === 'verified' || trust === 'authoritative';
}
