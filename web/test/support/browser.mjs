// SPDX-License-Identifier: MIT
import { chromium } from 'playwright-core';

/** The system's Chromium, drawing in software: the same on every machine. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.ECOVIZ_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
    ],
  });
}
