/** The folder of the model that blurs rooms; see `build/background-files.ts`. */
declare module 'virtual:background-files' {
  const files: string;
  export default files;
}
