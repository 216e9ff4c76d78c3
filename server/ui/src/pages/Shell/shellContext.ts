import { createContext } from 'react';

/** What pages may ask of the frame around them. */
export const ShellContext = createContext<{ openSidebar: () => void }>({ openSidebar: () => {} });
