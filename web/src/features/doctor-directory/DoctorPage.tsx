import { Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { useLanguage } from '../../shared/i18n';
import { useStanding } from '../../shared/practitioner';
import { usePageTitle } from '../../shared/shell';
import { Avatar, StateView } from '../../shared/ui';
import classes from './DoctorDirectory.module.css';
import { useDoctorDirectoryText } from './strings';
import { useDoctorWords } from './words';

type Doctor = components['schemas']['DoctorPage'];

export interface DoctorPageProps {
  doctorId: string;
  /** Where all the doctors are. */
  back: string;
  /** The doctor's times, and the way to book one. */
  times: ReactNode;
}

/** One doctor as the public knows her: who, for what fee, when, and how a visit is booked. */
export function DoctorPage({ doctorId, back, times }: DoctorPageProps) {
  const text = useDoctorDirectoryText();
  const { search } = useLocation();
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['doctor', doctorId],
    queryFn: ({ signal }) => http.get<Doctor>(`/api/doctors/${doctorId}`, { signal }),
  });
  usePageTitle(data?.name ?? text('page.title'));
  return (
    <div className={classes.root}>
      <Link to={back + search} className={classes.back}>
        <IconArrowLeft size={20} aria-hidden />
        {text('page.back')}
      </Link>
      {isPending ? (
        <StateView kind="loading" />
      ) : data ? (
        <Known doctor={data} times={times} />
      ) : (
        <StateView
          kind="error"
          first
          error={error}
          safe={text('safe')}
          onRetry={() => void refetch()}
        />
      )}
    </div>
  );
}

function Known({ doctor, times }: { doctor: Doctor; times: ReactNode }) {
  const text = useDoctorDirectoryText();
  const words = useDoctorWords();
  const [language] = useLanguage();
  const standing = useStanding();
  const own = [doctor.biography_zh, doctor.biography_en];
  const [first, second] = language === 'zh-CN' ? own : own.reverse();
  const biography = first ?? second;
  return (
    <>
      <div className={classes.head}>
        <Avatar name={doctor.name} size={72} />
        <div>
          <Title order={1}>{doctor.name}</Title>
          <p className={classes.quiet}>
            {standing(doctor.title, words.specialty(doctor.specialty))}
          </p>
          <p className={classes.quiet}>
            {text('years', { count: doctor.years })} ·{' '}
            {text('speaks', { languages: words.languages(doctor.languages) })}
          </p>
          <p className={classes.quiet}>
            {text('feeIs', { fee: words.money(doctor.fee_minor, doctor.currency) })}
          </p>
        </div>
      </div>
      <section className={classes.card} aria-labelledby="doctor-times">
        <h2 id="doctor-times" className={classes.heading}>
          {text('page.times')}
        </h2>
        {times}
      </section>
      {biography && (
        <section className={classes.card} aria-labelledby="doctor-about">
          <h2 id="doctor-about" className={classes.heading}>
            {text('page.about')}
          </h2>
          <p className={classes.biography}>{biography}</p>
        </section>
      )}
    </>
  );
}
