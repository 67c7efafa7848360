/** What was typed is not a call of this command. */
export class WrongUsage extends Error {}
