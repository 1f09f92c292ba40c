import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector receives it. Ids are in hexadecimal. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** Empty for a span without a parent. */
  parentSpanId: string;
  name: string;
  /** 2 for a server's, 3 for a client's. */
  kind: number;
  /** 2 for an error. */
  status: number;
  attributes: Record<string, string | number | boolean>;
  links: { traceId: string; spanId: string; traceState: string }[];
  /** What the resource says: who has made it. */
  resource: Record<string, string | number | boolean>;
}

/** An OpenTelemetry collector, as far as receiving traces goes. */
export interface Collector {
  url: string;
  readonly spans: readonly ReceivedSpan[];
  /** The headers of what has arrived. */
  readonly headers: readonly IncomingHttpHeaders[];
  /** Everything that has arrived, as text. */
  readonly received: string;
  close(): Promise<void>;
}

/**
 * Starts a collector on a port of its own.
 *
 * @param answers whether it answers at all
 */
export async function startCollector(answers = true): Promise<Collector> {
  const bodies: Buffer[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const isTraces = request.method === 'POST' && request.url === '/v1/traces';
      if (isTraces && request.headers['content-type'] === 'application/x-protobuf') {
        bodies.push(Buffer.concat(chunks));
        headers.push(request.headers);
      }
      if (answers) response.writeHead(isTraces ? 200 : 404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get spans() {
      return bodies.flatMap(spansIn);
    },
    headers,
    get received() {
      return Buffer.concat(bodies).toString('latin1');
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A field of a protobuf message: a number, or bytes. */
type Field = [number: number, value: bigint | Buffer];

/** Reads a message's fields (https://protobuf.dev/programming-guides/encoding/). */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Buffer => {
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = varint();
    const [number, wire] = [Number(tag >> 3n), Number(tag & 7n)];
    if (wire === 0) fields.push([number, varint()]);
    else if (wire === 2) fields.push([number, bytes(Number(varint()))]);
    else fields.push([number, bytes(wire === 1 ? 8 : 4)]);
  }
  return fields;
}

/** The messages, or bytes, in a field. */
function within(message: Buffer, number: number): Buffer[] {
  return fieldsOf(message).flatMap(([field, value]) =>
    field === number && Buffer.isBuffer(value) ? [value] : [],
  );
}

function numberIn(message: Buffer, number: number): number {
  const found = fieldsOf(message).find(([field]) => field === number)?.[1];
  return typeof found === 'bigint' ? Number(found) : 0;
}

/** The numbers of fields are those of opentelemetry/proto/trace/v1/trace.proto. */
function spansIn(body: Buffer): ReceivedSpan[] {
  return within(body, 1).flatMap((resourceSpans) => {
    const resource = attributesIn(within(resourceSpans, 1)[0] ?? Buffer.alloc(0), 1);
    const spans = within(resourceSpans, 2).flatMap((scopeSpans) => within(scopeSpans, 2));
    return spans.map((span) => {
      const id = (number: number) => idIn(span, number);
      const status = within(span, 15)[0];
      return {
        traceId: id(1),
        spanId: id(2),
        parentSpanId: id(4),
        name: within(span, 5)[0]?.toString() ?? '',
        kind: numberIn(span, 6),
        status: status === undefined ? 0 : numberIn(status, 3),
        attributes: attributesIn(span, 9),
        links: within(span, 13).map((link) => ({
          traceId: idIn(link, 1),
          spanId: idIn(link, 2),
          traceState: within(link, 3)[0]?.toString() ?? '',
        })),
        resource,
      };
    });
  });
}

function idIn(message: Buffer, number: number): string {
  return within(message, number)[0]?.toString('hex') ?? '';
}

function attributesIn(message: Buffer, number: number): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    within(message, number).map((pair) => [
      within(pair, 1)[0]?.toString() ?? '',
      valueIn(within(pair, 2)[0] ?? Buffer.alloc(0)),
    ]),
  );
}

/** An AnyValue: a string, a boolean or an integer. */
function valueIn(any: Buffer): string | number | boolean {
  const [field] = fieldsOf(any);
  if (field === undefined) return '';
  const [number, value] = field;
  if (Buffer.isBuffer(value)) return number === 1 ? value.toString() : value.toString('hex');
  return number === 2 ? value === 1n : Number(value);
}
