// SPDX-License-Identifier: MIT
/** Starts the mock on a port of 127.0.0.1; answers its address and a way to stop it. */
export function startMock(port?: number): Promise<{ readonly url: string; readonly stop: () => Promise<void> }>;
