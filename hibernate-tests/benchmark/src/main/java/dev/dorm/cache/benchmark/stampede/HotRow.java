package dev.dorm.cache.benchmark.stampede;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** The one row that everybody reads. Its table is a view, by which each statement takes its time. */
@Entity
@Table(name = HotRow.VIEW)
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
class HotRow {

    static final String VIEW = "slow_row";

    /** How long the database takes for one statement. */
    static final int LOAD_MILLIS = 20;

    static final long ID = 1;
    static final String TITLE = "Emma";

    /** The database sleeps once for each statement, whichever columns and rows it wants. */
    static final String SCHEMA =
            """
            create table hot_row (id bigint primary key, title varchar(100), version integer);
            insert into hot_row values (%d, '%s', 0);
            create view %s as select hot_row.* from hot_row, pg_sleep(%d / 1000.0)
            """
                    .formatted(ID, TITLE, VIEW, LOAD_MILLIS);

    @Id
    long id;

    String title = "";

    @Version
    int version;
}
