/** Mails to begin with, in our own words. Each says in its clues what gives it away; whoever plans an exercise changes both together. */
export interface Template {
  readonly name: string
  readonly title: string
  readonly sender: string
  readonly subject: string
  readonly body: string
  readonly clues: readonly string[]
}

const address = 'The name says somebody else than the address behind it: look at both before anything else.'

export const templates: readonly Template[] = [
  {
    name: 'parcel', title: 'A parcel that waits', sender: 'Parcel Service', subject: 'We could not deliver your parcel',
    body: `Dear customer,

our driver was at your door today and met nobody. Your parcel waits at the depot until tomorrow evening; after that it goes back to its sender.

{link:Choose a new time}

There is a fee of 1.99 for the second attempt.

Your parcel service`,
    clues: [
      address, 'It knows neither your name nor the number of the parcel.', 'It is in a hurry: until tomorrow evening, or the parcel is gone.',
      'A small fee is the usual way to a card number.', 'Ask yourself whether you wait for a parcel at work, and look it up where you ordered it.',
    ],
  },
  {
    name: 'document', title: 'A shared document', sender: 'Document Sharing', subject: 'A document was shared with you: Salaries 2026',
    body: `Hello,

a colleague has shared a document with you:

Salaries 2026 (final).xlsx

{link:Open the document}

You have access to it for 24 hours.`,
    clues: [
      address, 'It does not say who shared it. Real notices name the person.', 'It makes you curious: nobody shares a list of salaries by accident.',
      'Access ends in 24 hours, so that you do not stop to ask.', 'Open shared documents from the place where you keep yours, not from a mail.',
    ],
  },
  {
    name: 'password', title: 'A password that runs out', sender: 'IT Service Desk', subject: 'Your password expires today',
    body: `Hello,

the password of your mailbox expires today at 18:00. To go on without interruption, keep your present password here:

{link:Keep my password}

If you do nothing, you will be locked out.

IT Service Desk`,
    clues: [
      address, 'Nobody keeps a password by a link. Passwords are changed where you sign in, and you go there yourself.',
      'It threatens: locked out, today.', 'It is signed by nobody whom you could ask.',
    ],
  },
  {
    name: 'voice', title: 'A voice message', sender: 'Voice Mail', subject: 'New voice message (0:47)',
    body: `You have a new voice message.

From: unknown caller
Length: 0:47

{link:Listen to the message}

The message is deleted after 48 hours.`,
    clues: [
      address, 'It says nothing about who called or about what.', 'Your telephone keeps its messages itself. It does not send a link.',
      'It is gone after 48 hours: hurry again.',
    ],
  },
  {
    name: 'invoice', title: 'An unpaid invoice', sender: 'Accounts Receivable', subject: 'Second reminder: invoice 20260417 is overdue',
    body: `Good day,

in spite of our reminder, invoice 20260417 over 2,480.00 has not been paid. Unless it is paid within three days we hand the matter to our lawyers.

{link:See the invoice}

If you have paid in the meantime, this letter is without object.

Accounts Receivable`,
    clues: [
      address, 'There is an invoice number, and no name of a company that you know.', 'It threatens with lawyers, so that you look quickly.',
      'Invoices go to those who pay them. Pass it on by the way that you agreed on, and do not open it.',
    ],
  },
  {
    name: 'code', title: 'A QR code', sender: 'Security Team', subject: 'Register your phone again',
    body: `Hello,

we are renewing the sign-in by phone. Scan this code with your phone and register it again by Friday, or you will no longer be able to sign in.

{qr}

Your security team`,
    clues: [
      address, 'A QR code is a link that you cannot read. It goes to your phone, where no filter of the company looks.',
      'Nobody registers a factor by a mail. You do it where you are signed in already.', 'By Friday, or you will be locked out: a threat and a date.',
    ],
  },
]
