import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Parser } from '@asyncapi/parser';
import Ajv from 'ajv/dist/2020.js';

const read = (path) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const files = readdirSync(fileURLToPath(new URL('../schemas', import.meta.url)));
const schemas = new Map(files.map((file) => [file, JSON.parse(read(`schemas/${file}`))]));
const asyncapi = read('asyncapi.json');
const messages = Object.entries(JSON.parse(asyncapi).components.messages);
const ajv = new Ajv({ strict: true });
const errors = async (text) => (await new Parser().parse(text)).diagnostics.filter((d) => d.severity === 0).map((d) => `${d.path.join('.')}: ${d.message}`);

for (const [file, schema] of schemas)
  test(`${file} is a JSON Schema of 2020-12, named by what it describes`, () => {
    assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
    assert.equal(file, `${schema.$id.split(':')[3]}.${schema.$id.split(':')[4]}.json`);
    assert.ok(ajv.validateSchema(schema, true) && ajv.compile(schema));
  });

test('AsyncAPI\'s own parser has nothing to say against the document', async () => assert.deepEqual(await errors(asyncapi), []));

test('AsyncAPI\'s own parser finds what is wrong', async () => {
  const broken = [
    (d) => { d.channels.windows.messages.window.$ref = '#/components/messages/nothing'; },
    (d) => { d.operations['send-windows'].action = 'publish'; },
    (d) => { d.channels.windows.bindings.kafka.partitions = 0; },
    (d) => { d.components.schemas.window.properties.count.type = 'whole'; },
    (d) => { delete d.info.title; },
  ];
  for (const damage of broken) {
    const document = JSON.parse(asyncapi);
    damage(document);
    assert.notDeepEqual(await errors(JSON.stringify(document)), [], damage.toString());
  }
});

for (const [name, message] of messages)
  test(`the example of ${name} is as its schemas say, headers and value`, () => {
    const [example] = message.examples;
    if (message.headers) assert.ok(ajv.validate({ ...message.headers, additionalProperties: false }, example.headers), ajv.errorsText());
    if (message.payload.$ref) assert.ok(ajv.validate(schemas.get(`${name}.v1.json`).$id, example.payload), ajv.errorsText());
    if (message.headers && message.payload.$ref) assert.equal(example.headers.ce_dataschema, schemas.get(`${name}.v1.json`).$id);
  });

test('the document and the schemas on their own say the same', () => {
  for (const [name, schema] of Object.entries(JSON.parse(asyncapi).components.schemas)) {
    const { $schema, $id, title, ...alone } = schemas.get(`${name}.v1.json`);
    assert.deepEqual(schema, alone);
  }
});
