import dgram from "node:dgram";

/** A DNS server that knows texts (TXT) of some names and nothing else. `texts` may be changed while it runs. */
export async function startDns(texts: Map<string, string[]>) {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (question, from) => socket.send(answerTo(question, texts), from.port, from.address));
  await new Promise<void>((ready) => socket.bind(0, "127.0.0.1", ready));
  return {
    server: `127.0.0.1:${socket.address().port}`,
    stop: () => new Promise<void>((stopped) => socket.close(stopped)),
  };
}

function answerTo(question: Buffer, texts: Map<string, string[]>): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at]!; length > 0; length = question[at]!) {
    labels.push(question.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const asked = question.subarray(12, at + 5); // The name, its end, type and class.
  const found = texts.get(labels.join(".").toLowerCase()) ?? [];
  const head = Buffer.alloc(12);
  question.copy(head, 0, 0, 2);
  head.writeUInt16BE(found.length > 0 ? 0x8180 : 0x8183, 2); // An answer, or «no such name».
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(found.length, 6);
  return Buffer.concat([head, asked, ...found.map(recordOf)]);
}

function recordOf(text: string): Buffer {
  const parts = text.match(/.{1,255}/gs) ?? [""];
  const data = Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])));
  // Of the name at offset 12, TXT, IN, a minute.
  const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
