// Style sheets of packages are bundled as text and adopted into the shadow root, so that no policy has to allow inline styles.
declare module '*.css' {
  const text: string;
  export default text;
}
