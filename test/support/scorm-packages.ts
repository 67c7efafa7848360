import { zip, type Zipped } from './zip.ts'

/** How a part finds what it talks to, as SCORM describes it: up through the frames, then through whoever opened the window. */
const discovery = (name: string) => `
function search(from) {
  var left = 500
  while (from[name] == null && from.parent && from.parent !== from && left-- > 0) from = from.parent
  return from[name]
}
function find() { return search(window) || (window.opener && search(window.opener)) }
`.replaceAll('[name]', `['${name}']`)

const page = (title: string, body: string) => `<!DOCTYPE html><html lang="en"><head><meta charset="iso-8859-1"><title>${title}</title>
<link rel="stylesheet" href="Style.css"></head><body>${body}</body></html>`

export const manifest12 = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="fire" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="org">
    <organization identifier="org">
      <title>Fire safety</title>
      <item identifier="intro" identifierref="r-intro"><title>To begin with</title></item>
      <item identifier="test" identifierref="r-test"><title>In case of fire</title>
        <adlcp:datafromlms>three doors</adlcp:datafromlms><adlcp:masteryscore>80</adlcp:masteryscore></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="r-intro" type="webcontent" adlcp:scormtype="asset" href="intro.html"><file href="intro.html"/></resource>
    <resource identifier="r-test" type="webcontent" adlcp:scormtype="sco" href="sco/index.html?language=en"><file href="sco/index.html"/></resource>
  </resources>
</manifest>
`

/** SCORM 1.2: a page to read, and a part that keeps where its learner was and has a mastery score. */
export const package12 = (): Zipped[] => [
  { path: 'imsmanifest.xml', content: manifest12 },
  { path: 'intro.html', content: page('To begin with', '<h1>To begin with</h1>') },
  { path: 'style.css', content: '' },
  { path: 'sco/style.css', content: 'body { font-family: sans-serif }' },
  { path: 'sco/sco.js', content: `${discovery('API')}
var api = find()
var log = []
log.push(api.LMSGetValue('cmi.core.lesson_status'), api.LMSGetLastError())
log.push(api.LMSInitialize(''), api.LMSGetValue('cmi.core.entry'), api.LMSGetValue('cmi.core.lesson_location'), api.LMSGetValue('cmi.suspend_data'),
  api.LMSGetValue('cmi.core.lesson_status'), api.LMSGetValue('cmi.launch_data'), api.LMSGetValue('cmi.student_data.mastery_score'))
log.push(api.LMSSetValue('cmi.core.lesson_status', 'wonderful'), api.LMSGetLastError())
document.getElementById('log').textContent = log.join('|')
function later() {
  api.LMSSetValue('cmi.core.lesson_status', 'incomplete')
  api.LMSSetValue('cmi.core.lesson_location', 'door 2')
  api.LMSSetValue('cmi.suspend_data', 'one=open;two=closed')
  api.LMSSetValue('cmi.core.session_time', '0000:10:30')
  api.LMSSetValue('cmi.core.exit', 'suspend')
  api.LMSFinish('')
}
function finish(score) {
  api.LMSSetValue('cmi.core.score.raw', score)
  api.LMSSetValue('cmi.core.score.min', '0')
  api.LMSSetValue('cmi.core.score.max', '100')
  api.LMSSetValue('cmi.interactions.0.id', 'door')
  api.LMSSetValue('cmi.interactions.0.student_response', 'a')
  api.LMSSetValue('cmi.core.lesson_status', 'completed')
  api.LMSFinish('')
}
function outside(address) {
  return fetch(address, { credentials: 'include', mode: 'no-cors' }).then(function () { return 'reached' }, function () { return 'refused' })
}
` },
  { path: 'sco/index.html', content: page('In case of fire', `<h1>In case of fire</h1><p id="log"></p>
<button onclick="later()">Later</button> <button onclick="finish('60')">Answer badly</button> <button onclick="finish('85')">Answer well</button>
<script src="sco.js"></script>`) },
]

export const manifest2004 = `<?xml version="1.0"?>
<manifest identifier="ladders" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="org">
    <organization identifier="org">
      <title>Ladders</title>
      <item identifier="climb" identifierref="r" isvisible="true">
        <title>Climbing</title>
        <imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="o" satisfiedByMeasure="true">
          <imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure>
        </imsss:primaryObjective></imsss:objectives></imsss:sequencing>
      </item>
    </organization>
  </organizations>
  <resources xml:base="content/">
    <resource identifier="r" type="webcontent" adlcp:scormType="sco" href="frames.html"><file href="frames.html"/></resource>
  </resources>
</manifest>
`

/** SCORM 2004: what reports lies two frames deep, and fetches its questions itself. */
export const package2004 = (): Zipped[] => [
  { path: 'imsmanifest.xml', content: manifest2004 },
  { path: 'content/frames.html', content: page('Climbing', '<iframe title="Content" name="inner" src="inner.html" width="600" height="300"></iframe>') },
  { path: 'content/style.css', content: '' },
  { path: 'content/questions.json', content: '["Which side up?"]' },
  { path: 'content/inner.js', content: `${discovery('API_1484_11')}
export const api = find()
const get = (name) => api.GetValue(name) + ',' + api.GetLastError()
const log = [get('cmi.entry'), api.Initialize(''), get('cmi.entry'), get('cmi.location'), get('cmi.suspend_data'), get('cmi.scaled_passing_score'),
  get('cmi.learner_name'), get('cmi.nothing'), get('cmi.completion_status'), get('cmi.interactions._count'), get('cmi.total_time')]
document.getElementById('log').textContent = log.join('|')
document.getElementById('question').textContent = (await (await fetch('questions.json')).json())[0]
document.getElementById('later').onclick = () => {
  api.SetValue('cmi.location', 'rung 3')
  api.SetValue('cmi.suspend_data', 'half way')
  api.SetValue('cmi.interactions.0.id', 'q1')
  api.SetValue('cmi.interactions.0.type', 'choice')
  api.SetValue('cmi.completion_status', 'incomplete')
  api.SetValue('cmi.session_time', 'PT1H30M')
  api.SetValue('cmi.exit', 'suspend')
  api.SetValue('adl.nav.request', 'suspendAll')
  api.Terminate('')
}
document.getElementById('done').onclick = () => {
  api.SetValue('cmi.score.scaled', '0.9')
  api.SetValue('cmi.completion_status', 'completed')
  api.SetValue('cmi.success_status', 'passed')
  api.Commit('')
  api.Terminate('')
}
` },
  { path: 'content/inner.html', content: page('Inner', `<h1>Climbing</h1><p id="log"></p><p id="question"></p>
<button id="later">Later</button> <button id="done">Done</button><script type="module" src="inner.js"></script>`) },
]

export const zipped12 = () => zip(package12())
export const zipped2004 = () => zip(package2004())
