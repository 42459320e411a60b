import { expect, it } from 'vitest';
import { fileName } from './file-name.ts';

it.each([
  ['report.pdf', 'report.pdf'],
  ['Übung 3 (neu).txt', 'Übung 3 (neu).txt'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system32\\evil.exe', 'evil.exe'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['two\nlines\u0000.txt', 'two lines .txt'],
  ['zero\u200Bwidth.txt', 'zerowidth.txt'],
  ['a<b>c:d"e|f?g*h', 'a_b_c_d_e_f_g_h'],
  ['.hidden', 'hidden'],
  ['trailing. . ', 'trailing'],
  ['CON.txt', '_CON.txt'],
  ['..', 'file'],
  ['\u202E', 'file'],
  ['', 'file'],
])('R84 %j is shown as %j', (name, shown) => {
  expect(fileName(name)).toBe(shown);
});

it('R84 a long name is cut, and its ending kept', () => {
  const name = fileName(`${'ä'.repeat(300)}.tar.gz`);
  expect(Array.from(name)).toHaveLength(160);
  expect(name.endsWith('ä.gz')).toBe(true);
  expect(fileName(name)).toBe(name);
});
