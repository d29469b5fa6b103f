/** Notes what a failed hydration reports, for the test. */
const ERRORS = `var errors = [];
addEventListener('error', (event) => errors.push(event.message));
console.error = (...words) => errors.push(words.join(' '));`;

export default function Layout({ children }) {
  return (
    <html lang="en">
      <head>
        <script dangerouslySetInnerHTML={{ __html: ERRORS }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
