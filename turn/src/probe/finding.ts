/** What one part of the probe found: how often it tried, and each try that went as it must not. */
export type Finding = { name: string; tries: number; faults: string[]; remark: string };
