import { asset } from '../../../ui/assets.ts'
import { Button, ErrorSummary, Field, Form, kept, Notice, PlainLayout, type Draft } from '../../../ui/index.ts'
import { PostForm } from '../../../ui/post-form.tsx'
import { MePage } from '../../accounts/index.ts'
import type { Page } from '../../../web/page.ts'
import type { Exercise } from '../exercise.ts'
import { ExerciseMail } from './exercise-mail.tsx'

interface Lesson { page: Page; exercise: Exercise; seen: boolean }

/** Behind the link. It says at once what it is; the clues come when somebody asks for them, which a mail scanner does not. */
export const LessonPage = ({ page, exercise, seen }: Lesson) => (
  <PlainLayout page={page} title="This was an exercise">
    <h1>This was an exercise</h1>
    <p class="lead">Nothing has happened. {page.organization.name} sent you this mail itself, so that you meet such a one before a real one comes. Nobody is
      told that you opened it, and two minutes are enough.</p>
    <ExerciseMail of={exercise} />
    {seen ? <Clues exercise={exercise} /> : (
      <>
        <p>Look at it once more. What could have told you?</p>
        <PostForm action={page.path} person><Button>Show me</Button></PostForm>
        <script type="module" src={asset('lesson.js')} />
      </>
    )}
  </PlainLayout>
)

const Clues = ({ exercise: { clues } }: { exercise: Exercise }) => (
  <>
    <h2 id="clues">What could have told you</h2>
    <ol class="prose">{clues.map((clue) => <li>{clue}</li>)}</ol>
    <h2>What to do with the next one</h2>
    <ul class="prose">
      <li><strong>Stop where it hurries you.</strong> Whoever wants something today can wait until you have asked.</li>
      <li><strong>Go there yourself.</strong> Open the page that you know, or call the number that you have, instead of the link in the mail.</li>
      <li><strong>Say so.</strong> Tell your security team, also when you have clicked already: the first who speaks protects everybody else.</li>
      <li><strong>After a click:</strong> change the password that you typed, from another device if you can, and tell the team which one it was.</li>
    </ul>
    <p>You can close this page.</p>
  </>
)

/** Links of exercises that were never approved, or of none. */
export const NoLessonPage = ({ page }: { page: Page }) => (
  <PlainLayout page={page} title="Nothing to see">
    <h1>This link leads to nothing</h1>
    <p>If it came by mail and surprised you, tell your security team.</p>
  </PlainLayout>
)

/** For whoever has seen through a mail. */
export const NoticePage = ({ page, ...draft }: Draft & { page: Page }) => (
  <MePage page={page} title="A suspicious mail" lead="You got a mail that looks like phishing? Say so; it is never a bother.">
    <ErrorSummary errors={draft.errors} />
    <Notice>Do not click, do not answer, and keep the mail. Somebody will ask you for it.</Notice>
    <Form to="/me/phishing">
      <Field {...kept(draft, 'subject')} label="Its subject" hint="As it stands in the mail. It is not kept." />
      <Button>I got a phishing mail</Button>
    </Form>
  </MePage>
)
