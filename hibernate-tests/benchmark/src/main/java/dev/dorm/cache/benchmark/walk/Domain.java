package dev.dorm.cache.benchmark.walk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** The application's 15 entities, mapped and cached as JHipster generates them. */
final class Domain {

    /** All of them. */
    static final List<Class<? extends Identified>> ENTITIES = List.of(
            Authority.class,
            Country.class,
            Department.class,
            User.class,
            Tag.class,
            Label.class,
            Address.class,
            Employee.class,
            Blog.class,
            Post.class,
            BankAccount.class,
            Operation.class,
            Product.class,
            PurchaseOrder.class,
            OrderLine.class);

    private Domain() {}

    /** What each of them has. */
    interface Identified {
        /** Returns the id, or null before it is persisted. */
        Object getId();
    }

    /** Those whose ids come of a sequence, which they share. */
    @MappedSuperclass
    abstract static class Numbered implements Identified {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sequence_generator")
        @SequenceGenerator(name = "sequence_generator", sequenceName = "sequence_generator", allocationSize = 50)
        Long id;

        @Override
        public Long getId() {
            return id;
        }

        @Override
        public boolean equals(Object other) {
            // Some may be proxies: their ids are had by the method only.
            return this == other || other instanceof Numbered numbered && id != null && id.equals(numbered.getId());
        }

        @Override
        public int hashCode() {
            // The id is not there yet when a new one is put into a set.
            return 31;
        }
    }

    /** What a user may do; its name is its id. */
    @Entity
    @Table(name = "jhi_authority")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Authority implements Identified {
        @Id
        @Column(length = 50)
        String id;

        String description;

        @Override
        public String getId() {
            return id;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Authority authority && id != null && id.equals(authority.getId());
        }

        @Override
        public int hashCode() {
            return 31;
        }
    }

    /** Who uses the application. */
    @Entity
    @Table(name = "jhi_user")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class User extends Numbered {
        String login;
        String firstName;
        String lastName;
        String email;
        boolean activated;
        Instant createdDate;

        @ManyToMany
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Authority> authorities = new HashSet<>();
    }

    /** Where an address is. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Country extends Numbered {
        String name;
        String code;
    }

    /** Where an employee works. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Department extends Numbered {
        String name;

        @OneToMany(mappedBy = "department")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        @JsonIgnore
        Set<Employee> employees = new HashSet<>();
    }

    /** Where somebody lives. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Address extends Numbered {
        String street;
        String postalCode;
        String city;

        @ManyToOne(fetch = FetchType.LAZY)
        Country country;
    }

    /** Who works there. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Employee extends Numbered {
        String firstName;
        String lastName;
        LocalDate hired;
        BigDecimal salary;

        @ManyToOne(fetch = FetchType.LAZY)
        Department department;

        @ManyToOne(fetch = FetchType.LAZY)
        Address address;

        @Version
        Integer version;
    }

    /** Of a user. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Blog extends Numbered {
        String name;
        String handle;

        @ManyToOne(fetch = FetchType.LAZY)
        User user;

        @OneToMany(mappedBy = "blog")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        @JsonIgnore
        Set<Post> posts = new HashSet<>();
    }

    /** In a blog. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Post extends Numbered {
        String title;

        @Column(length = 2000)
        String content;

        Instant date;

        @ManyToOne(fetch = FetchType.LAZY)
        Blog blog;

        @ManyToMany
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Tag> tags = new HashSet<>();
    }

    /** Of posts. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Tag extends Numbered {
        String name;
    }

    /** Of operations. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Label extends Numbered {
        String label;
    }

    /** Of a user. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class BankAccount extends Numbered {
        String name;
        BigDecimal balance;

        @ManyToOne(fetch = FetchType.LAZY)
        User user;

        @OneToMany(mappedBy = "bankAccount")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        @JsonIgnore
        Set<Operation> operations = new HashSet<>();

        @Version
        Integer version;
    }

    /** On a bank account. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Operation extends Numbered {
        Instant date;
        String description;
        BigDecimal amount;

        @ManyToOne(fetch = FetchType.LAZY)
        BankAccount bankAccount;

        @ManyToMany
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Label> labels = new HashSet<>();
    }

    /** What is sold. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Product extends Numbered {
        String name;
        String description;
        BigDecimal price;
        int stock;

        @Version
        Integer version;
    }

    /** What a user has ordered. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class PurchaseOrder extends Numbered {
        String number;
        Instant placed;
        boolean paid;

        @ManyToOne(fetch = FetchType.LAZY)
        User customer;

        @OneToMany(mappedBy = "purchaseOrder")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        @JsonIgnore
        Set<OrderLine> lines = new HashSet<>();

        @Version
        Integer version;
    }

    /** One product of an order. */
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class OrderLine extends Numbered {
        int quantity;
        BigDecimal price;

        @ManyToOne(fetch = FetchType.LAZY)
        PurchaseOrder purchaseOrder;

        @ManyToOne(fetch = FetchType.LAZY)
        Product product;
    }
}
