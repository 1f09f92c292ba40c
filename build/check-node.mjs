/** Says in one sentence that Node is too old to build with, where it is. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Latchkey needs Node 20.19 or newer, and this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}
