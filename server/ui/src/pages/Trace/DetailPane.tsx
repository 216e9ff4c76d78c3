import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { observationQuery, type ObservationDetail } from '../../api/observations.ts';
import type { Score, TraceDetail } from '../../api/traces.ts';
import { Failure } from '../../components/State.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { conversationOf } from '../../model/conversation.ts';
import { textOf, type Tree } from '../../model/skeleton.ts';
import { AttributesTab, observationFacts, traceFacts } from './AttributesTab.tsx';
import { ModelCosts, ObservationCost } from './CostTab.tsx';
import { IoTab } from './IoTab.tsx';
import { Messages } from '../../components/Messages.tsx';
import { ObservationHead } from './ObservationHead.tsx';
import { TraceHead } from './TraceHead.tsx';
import { ScoresTab } from './ScoresTab.tsx';
import styles from './detail.module.css';

interface Props {
  projectId: string;
  trace: TraceDetail;
  tree: Tree;
  /** The node of the observation; -1 for the trace itself. */
  selected: number;
  view: string | undefined;
  show: (next: { observation?: string | undefined; view?: string | undefined }) => void;
  now: number;
}

/** What is known of the selected observation, or of the whole trace. */
export function DetailPane({ projectId, trace, tree, selected, view, show, now }: Props) {
  const id = selected < 0 ? '' : tree.skeleton.id[selected]!;
  const query = useQuery({ ...observationQuery(projectId, trace.id, id), enabled: selected >= 0 });
  if (selected < 0) {
    return (
      <Body key="trace" of={trace} view={view} show={show} generation={false} head={<TraceHead trace={trace} close={() => show({ view: undefined })} />} facts={traceFacts(trace)} scores={trace.scores} cost={<ModelCosts skeleton={tree.skeleton} />} />
    );
  }
  const head = <ObservationHead tree={tree} node={selected} observation={query.data} now={now} close={() => show({ observation: undefined, view: undefined })} />;
  if (query.error) return <>{head}<Failure error={query.error} retry={() => void query.refetch()} /></>;
  if (!query.data) return head;
  return (
    <Body
      key={id}
      of={query.data}
      view={view}
      show={show}
      generation={textOf(tree.skeleton.type, selected).toUpperCase() === 'GENERATION'}
      head={head}
      facts={observationFacts(query.data, textOf(tree.skeleton.thread, selected))}
      scores={query.data.scores}
      cost={<ObservationCost observation={query.data} />}
    />
  );
}

interface BodyProps {
  of: TraceDetail | ObservationDetail;
  view: string | undefined;
  show: Props['show'];
  generation: boolean;
  head: ReactNode;
  facts: [string, string][];
  scores: Score[];
  cost: ReactNode;
}

function Body({ of, view, show, generation, head, facts, scores, cost }: BodyProps) {
  const conversation = useMemo(() => conversationOf(of.input, of.output, generation), [of.input, of.output, generation]);
  const panel = useRef<HTMLDivElement>(null);
  const tabs = [
    ...(conversation ? [{ key: 'conversation', label: 'Conversation', badge: conversation.messages.length }] : []),
    { key: 'io', label: 'Input and output' },
    { key: 'attributes', label: 'Attributes', badge: Object.keys(of.metadata).length || undefined },
    { key: 'scores', label: 'Scores', badge: scores.length || undefined },
    { key: 'cost', label: 'Cost' },
  ];
  const chosen = tabs.find((tab) => tab.key === view)?.key ?? tabs[0]!.key;
  // Braces: newer browsers answer scrolling with a promise, which React would call as a clean-up.
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [chosen]);
  return (
    <>
      {head}
      <Tabs label="Detail" tabs={tabs} chosen={chosen} choose={(key) => show({ view: key })} />
      <div ref={panel} className={styles.panel} role="tabpanel" id={`tabpanel-${chosen}`} aria-labelledby={`tab-${chosen}`} tabIndex={0}>
        {chosen === 'conversation' && conversation && <Messages conversation={conversation} />}
        {chosen === 'io' && <IoTab input={of.input} output={of.output} />}
        {chosen === 'attributes' && <AttributesTab facts={facts} metadata={of.metadata} />}
        {chosen === 'scores' && <ScoresTab scores={scores} />}
        {chosen === 'cost' && cost}
      </div>
    </>
  );
}
