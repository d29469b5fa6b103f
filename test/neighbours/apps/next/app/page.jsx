import { Film } from './film.jsx';

export default function Page() {
  return <Film />;
}
