export { readMail, type ReadMail, type Unreadable } from './mime/read-mail.ts'
