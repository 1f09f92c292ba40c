/** Whether a database lets us in. */
export function answers(url: string): Promise<boolean>;
