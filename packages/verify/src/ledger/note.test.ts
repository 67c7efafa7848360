import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mlDsaSigner, signer } from '../../test/signers.ts'
import { base64, fromBase64, utf8 } from './bytes.ts'
import { formatCheckpoint, isSignedBy, parseCheckpoint, parseCheckpointText } from './checkpoint.ts'
import { cosign, cosignatures, cosignedMessage } from './cosignature.ts'
import { emptyRoot } from './merkle.ts'
import { formatNote, parseNote, parseSignatures, signNote } from './note.ts'
import { parseVkey, printVkey, verifierKey } from './vkey.ts'

const log = signer('log.example/one')
const witness = signer('witness.example/w', 0x04)
const text = formatCheckpoint({ origin: 'log.example/one', size: 7, root: emptyRoot() })

describe('verifier keys', () => {
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'

  it('come back as they were', () => {
    for (const key of [log.key, witness.key, mlDsaSigner('pq.example').key]) assert.deepEqual(parseVkey(printVkey(key)), key)
    assert.equal(printVkey(parseVkey(vkey)), vkey)
  })

  const refused = [vkey.replace('c74f', 'c74e'), vkey.replace('Peter', 'Paul'), vkey.toLowerCase(), `${vkey}=`, `${vkey}\n`, ` ${vkey}`, vkey.replace('+AR',
    '+AB'), 'a+b', '']
  for (const text of refused) it(`refuse ${JSON.stringify(text)}`, () => assert.throws(() => parseVkey(text), /^Malformed/))

  it('refuse names and keys that cannot be', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\nb']) assert.throws(() => verifierKey(name, 1, new Uint8Array(32)), { code: 'malformed_vkey' })
    assert.throws(() => verifierKey('a', 1, new Uint8Array(31)), { code: 'malformed_vkey' })
    assert.throws(() => verifierKey('a', 6, new Uint8Array(32)), { code: 'malformed_vkey' })
  })
})

describe('signed notes', () => {
  it('of golang.org/x/mod/sumdb/note verify', async () => {
    const key = parseVkey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
    const note = 'If you think cryptography is the answer to your problem,\nthen you don\'t know what your problem is.\n\n'
      + '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
    assert.ok(await isSignedBy(key, parseNote(note)))
  })

  it('come back as they were, with the signatures of strangers', async () => {
    const note = await signNote(text, log, signer('somebody.example'))
    assert.equal(formatNote(parseNote(note)), note)
    assert.ok(await isSignedBy(log.key, parseNote(note)))
  })

  it('keep empty lines in their text', async () => {
    assert.equal(parseNote(await signNote('a\n\nb\n', log)).text, 'a\n\nb\n')
  })

  it('are spoiled by one bad signature of a known key, and by its name on another key', async () => {
    const good = parseNote(await signNote(text, log))
    const other = parseNote(await signNote(text.replace('7', '8'), log))
    assert.ok(!(await isSignedBy(log.key, { ...good, signatures: [...good.signatures, ...other.signatures] })))
    assert.ok(!(await isSignedBy(signer('another.example').key, good)))
    assert.ok(!(await isSignedBy(witness.key, good)))
    assert.ok(!(await isSignedBy(log.key, { ...good, signatures: [] })))
  })

  it('lose their signature with any changed byte of text or signature line', async () => {
    const note = utf8(await signNote(text, log))
    for (let at = 0; at < note.length; at++) {
      for (const bit of [1, 16]) assert.ok(!(await stillSigned(note.with(at, note[at]! ^ bit))), `byte ${at}`)
    }
  })

  async function stillSigned(bytes: Uint8Array): Promise<boolean> {
    try {
      return await isSignedBy(log.key, parseNote(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)))
    } catch {
      return false
    }
  }

  const line = '— a AAAAAAA=\n'
  const refused = ['', 'a\n', `a\n${line}`, `a\n\n${line}\n`, `a\n\n${line.trim()}`, `a\n\n${line}x`, `a\r\n\n${line}`, `a\n\n- a AAAAAAA=\n`,
    `a\n\n— a  AAAAAAA=\n`, `a\n\n— a AAAAAAA= \n`,
    `a\n\n— a AAAA\n`, `a\n\n— a AAAAAAB=\n`, `a\n\n— a+b AAAAAAA=\n`, `a\n\n—  AAAAAAA=\n`, `a\u0000\n\n${line}`, `\ud800\n\n${line}`,
      `a\n\n${line.repeat(101)}`]
  for (const note of refused) it(`refuse ${JSON.stringify(note.slice(0, 30))}`, () => assert.throws(() => parseNote(note), /^Malformed/))
})

describe('checkpoints', () => {
  it('come back as they were', async () => {
    const parsed = parseCheckpoint(await signNote(text, log))
    assert.deepEqual([parsed.origin, parsed.size, base64(parsed.root), parsed.extensions], ['log.example/one', 7, base64(emptyRoot()), []])
    const extended = formatCheckpoint({ ...parsed, extensions: ['more'] })
    assert.deepEqual(parseCheckpointText(extended).extensions, ['more'])
  })

  const root = base64(emptyRoot())
  const refused = [`\n7\n${root}\n`, `a\n07\n${root}\n`, `a\n-1\n${root}\n`, `a\n+7\n${root}\n`, `a\n7 \n${root}\n`, `a\n9007199254740992\n${root}\n`,
    `a\n7\n${root.slice(0, -1)}\n`,
    `a\n7\n${root} \n`, `a\n7\n${root}\n\n`, `a\n7\n`, `a\n\n7\n${root}\n`, `a\n7\nAAAA\n`, `a\n1e3\n${root}\n`]
  for (const body of refused) it(`refuse ${JSON.stringify(body)}`, () => assert.throws(() => parseCheckpointText(body), /^Malformed/))
})

describe('cosignatures', () => {
  it('of the specification’s example have this message', () => {
    const checkpoint = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    assert.deepEqual(cosignedMessage(witness.key, checkpoint, 1679315147), utf8(`cosignature/v1\ntime 1679315147\n${checkpoint}`))
  })

  it('by ML-DSA-44 sign the structure of the specification', () => {
    const message = cosignedMessage(mlDsaSigner('w.example').key, text, 5)
    const expected = ['subtree/v1\n\0', '\u0009w.example', '\0\0\0\0\0\0\0\u0005', '\u000flog.example/one', '\0'.repeat(8), '\0\0\0\0\0\0\0\u0007'].join('')
    assert.equal(Buffer.from(message.subarray(0, -32)).toString('latin1'), expected)
    assert.deepEqual(base64(message.subarray(-32)), base64(emptyRoot()))
  })

  for (const by of [witness, mlDsaSigner('pq.example/w')]) {
    it(`of type ${by.key.type} verify beside the log’s signature, and give their time`, async () => {
      const note = parseNote(await signNote(text, log))
      const cosigned = { ...note, signatures: [...note.signatures, await cosign(text, by, 1_700_000_000)] }
      assert.deepEqual(await cosignatures([by.key, log.key], cosigned), [{ witness: by.key, at: 1_700_000_000_000 }])
      assert.deepEqual(await cosignatures([signer('unknown.example', 0x04).key], cosigned), [])
      assert.ok(await isSignedBy(log.key, cosigned))
    })

    it(`of type ${by.key.type} are refused when anything was changed`, async () => {
      const line = await cosign(text, by, 1_700_000_000)
      const changed = [
        { text: text.replace('7', '8'), signatures: [line] },
        { text, signatures: [{ ...line, signature: line.signature.with(7, line.signature[7]! ^ 1) }] },
        { text, signatures: [{ ...line, signature: line.signature.with(30, line.signature[30]! ^ 1) }] },
        { text, signatures: [{ ...line, signature: line.signature.slice(0, -1) }] },
        { text, signatures: [{ ...line, signature: line.signature.with(0, 255) }] },
      ]
      for (const note of changed) await assert.rejects(cosignatures([by.key], note), { code: 'malformed_cosignature' })
    })
  }

  it('are read from a witness’s answer', async () => {
    const lines = formatNote({ text: '', signatures: [await cosign(text, witness, 9)] }).slice(1)
    assert.equal(parseSignatures(lines)[0]!.name, 'witness.example/w')
    assert.throws(() => parseSignatures(''), { code: 'malformed_note' })
  })
})

describe('base64', () => {
  for (const text of ['A', 'AA', 'AAA', 'AB==', 'AAB=', 'AA==\n', ' AA==', 'AA', 'AAA-', 'AA= =', '=AAA', 'AAAA=', 'AA==AA==']) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => fromBase64(text), { code: 'malformed_base64' }))
  }

  it('refuses another length than is due', () => assert.throws(() => fromBase64('AAAA', 4), { code: 'malformed_base64' }))
})
