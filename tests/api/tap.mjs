// SPDX-License-Identifier: MIT
// TAP on standard output.
let count = 0;
let failed = 0;

/** One case: `complaints` is what is wrong, empty when nothing is. */
export function report(name, complaints) {
  count += 1;
  if (complaints.length === 0) {
    console.log(`ok ${count} - ${name}`);
    return;
  }
  failed += 1;
  console.log(`not ok ${count} - ${name}`);
  for (const line of complaints.flatMap((text) => String(text).split('\n'))) console.log(`# ${line}`);
}

/** A case that may throw; it answers what is wrong. */
export async function test(name, run) {
  try {
    report(name, (await run()) ?? []);
  } catch (error) {
    report(name, [error.stack ?? error]);
  }
}

/** A list with the complaint, when the two differ. */
export function differs(what, got, wanted) {
  return Object.is(got, wanted) ? [] : [`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`];
}

/** The plan comes last, so that a run which ends early is seen as broken. */
export function finish() {
  console.log(`1..${count}`);
  process.exitCode = failed === 0 ? 0 : 1;
}
